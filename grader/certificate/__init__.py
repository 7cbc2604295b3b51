"""Certificates: issuer keys, signed credentials, the files that carry them, and checking them."""
