"""Files of the library in an S3-compatible store. Chosen by MEDIA_STORE; readers get them
through the portal all the same, which knows what they may see."""

from typing import Any
from urllib.parse import quote

from botocore.config import Config
from storages.backends.s3 import S3Storage

SECONDS = 10  # for a connection, and for each part of an answer


class BucketStorage(S3Storage):
    """A bucket that nobody but the portal reads."""

    def __init__(self, **settings: Any) -> None:
        # Stores that are not Amazon's refuse the checksums that boto3 adds by itself.
        config = Config(
            connect_timeout=SECONDS,
            read_timeout=SECONDS,
            retries={"max_attempts": 2},
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
            s3={"addressing_style": "path"},
            signature_version="s3v4",
        )
        super().__init__(client_config=config, **settings)

    def url(self, name: str, *_: Any, **__: Any) -> str:
        """The path on the portal, never an address of the store."""
        return f"/media/{quote(name)}"
