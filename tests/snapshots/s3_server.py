"""A server with the protocol of S3 on loopback, and a bucket for each test."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import boto3
import fsspec
from moto.server import ThreadedMotoServer

_ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_DEFAULT_REGION": "eu-west-2",
    "AWS_EC2_METADATA_DISABLED": "true",
}


@contextmanager
def serve_s3() -> Iterator[dict[str, str]]:
    """Serve S3; gives the environment variables with which a client reaches the server."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    environment = {**_ENVIRONMENT, "AWS_ENDPOINT_URL": f"http://{host}:{port}"}
    os.environ.update(environment)
    try:
        yield environment
    finally:
        fsspec.get_filesystem_class("s3").clear_instance_cache()
        for name in environment:
            del os.environ[name]
        server.stop()


def make_bucket() -> str:
    """Make an empty bucket, and return its name."""
    name = f"archive-{uuid4().hex[:12]}"
    boto3.client("s3").create_bucket(
        Bucket=name, CreateBucketConfiguration={"LocationConstraint": "eu-west-2"}
    )
    return name
