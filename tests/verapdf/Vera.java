import java.io.FileInputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.LogManager;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.Profiles;

/** Validates PDF files: Vera FLAVOUR FILE... One line a file and one a broken rule; exit 0 when all comply. */
public class Vera {
  static final int RULES_SHOWN = 12;

  public static void main(String[] args) throws Exception {
    LogManager.getLogManager().reset();
    VeraGreenfieldFoundryProvider.initialise();
    boolean allComply = true;
    for (int i = 1; i < args.length; i++) {
      allComply &= complies(args[0], args[i]);
    }
    System.exit(allComply ? 0 : 1);
  }

  static boolean complies(String flavourId, String path) throws Exception {
    PDFAFlavour flavour = PDFAFlavour.byFlavourId(flavourId);
    String name = flavourId.startsWith("ua") ? "PDFUA-" + flavourId.substring(2) : "PDFA-" + flavourId.toUpperCase();
    var profile = Profiles.profileFromXml(
        PDFAFlavour.class.getResourceAsStream("/org/verapdf/pdfa/validation/" + name + ".xml"));
    try (PDFAParser parser = Foundries.defaultInstance().createParser(new FileInputStream(path), flavour)) {
      PDFAValidator validator = Foundries.defaultInstance().createValidator(profile, false);
      ValidationResult result = validator.validate(parser);
      System.out.println(path + " " + flavour + " compliant=" + result.isCompliant()
          + " assertions=" + result.getTotalAssertions());
      Map<String, Integer> broken = new LinkedHashMap<>();
      for (TestAssertion assertion : result.getTestAssertions()) {
        if (assertion.getStatus() == TestAssertion.Status.FAILED) {
          var rule = assertion.getRuleId();
          String line = rule.getClause() + "-" + rule.getTestNumber() + " " + assertion.getMessage();
          broken.merge(line, 1, Integer::sum);
        }
      }
      broken.entrySet().stream().limit(RULES_SHOWN)
          .forEach(entry -> System.out.println("   x" + entry.getValue() + " " + entry.getKey()));
      return result.isCompliant();
    }
  }
}
