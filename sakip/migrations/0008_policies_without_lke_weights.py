"""The weights of the worksheet are its own reference data now; stored policies lose their copy."""

from django.db import migrations

MOVED = ("lke_components", "lke_aspects")


def drop_weights(apps, schema_editor):
    for policy in apps.get_model("sakip", "ScoringPolicy").objects.all():
        policy.rules = {key: value for key, value in policy.rules.items() if key not in MOVED}
        policy.save(update_fields=["rules"])


class Migration(migrations.Migration):
    dependencies = [("sakip", "0007_lke_worksheet")]

    operations = [migrations.RunPython(drop_weights, migrations.RunPython.noop)]
