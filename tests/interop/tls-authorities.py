"""Whom krandog trusts by itself: the authorities that the environment names, as for other programs."""

import pathlib
import shutil
import subprocess
import tempfile

from peer import CERTIFICATES, equal, krandog, run

NOTHING = {"NODE_EXTRA_CA_CERTS": "", "SSL_CERT_FILE": str(CERTIFICATES / "other-ca.pem")}


async def connecting(certificate, **environment):
    """What comes of it, and what is said on standard error."""
    async with krandog("interop/tls-authorities.js", certificate, **environment) as process:
        line = await process.line()
        equal(await process.wait(), 0)
        return line, process.errors


async def nobody_is_trusted_unless_named():
    line, _ = await connecting("server", **NOTHING)
    assert line.startswith("UNABLE_TO_VERIFY_LEAF_SIGNATURE"), line
    line, _ = await connecting("self-signed", **NOTHING)
    assert line.startswith("DEPTH_ZERO_SELF_SIGNED_CERT"), line


async def authorities_can_be_added():
    added = {**NOTHING, "NODE_EXTRA_CA_CERTS": str(CERTIFICATES / "ca.pem")}
    equal((await connecting("server", **added))[0], "open")
    # One that has signed itself is its own authority.
    added["NODE_EXTRA_CA_CERTS"] = str(CERTIFICATES / "self-signed.pem")
    equal((await connecting("self-signed", **added))[0], "open")
    assert (await connecting("server", **added))[0] != "open"


async def a_file_of_authorities_takes_the_place_of_the_systems():
    named = {"NODE_EXTRA_CA_CERTS": "", "SSL_CERT_FILE": str(CERTIFICATES / "ca.pem")}
    equal((await connecting("server", **named))[0], "open")


async def a_folder_of_authorities_does_so_too():
    with tempfile.TemporaryDirectory() as folder:
        command = ["openssl", "x509", "-hash", "-noout", "-in", str(CERTIFICATES / "ca.pem")]
        name = subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
        shutil.copy(CERTIFICATES / "ca.pem", pathlib.Path(folder) / f"{name}.0")
        equal((await connecting("server", NODE_EXTRA_CA_CERTS="", SSL_CERT_DIR=folder))[0], "open")


async def a_file_that_is_not_there_is_told_and_nobody_is_trusted_for_it():
    line, errors = await connecting("server", **{**NOTHING, "NODE_EXTRA_CA_CERTS": "/nowhere.pem"})
    assert line.startswith("UNABLE_TO_VERIFY_LEAF_SIGNATURE"), line
    assert "NODE_EXTRA_CA_CERTS /nowhere.pem" in errors, errors


run(
    nobody_is_trusted_unless_named,
    authorities_can_be_added,
    a_file_of_authorities_takes_the_place_of_the_systems,
    a_folder_of_authorities_does_so_too,
    a_file_that_is_not_there_is_told_and_nobody_is_trusted_for_it,
)
