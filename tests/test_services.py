"""Services that one variable turns on."""

import environ
import pytest
from django.core.cache import caches
from redis import Redis


@pytest.mark.redis
def test_cache_url_of_redis_puts_the_cache_there(settings, redis_url):
    address = redis_url.replace("redis://", "rediscache://")
    settings.CACHES = {"default": environ.Env.cache_url_config(address)}
    caches["default"].set("频道", "要闻", timeout=60)
    assert caches["default"].get("频道") == "要闻"
    with Redis.from_url(redis_url) as client:
        assert client.exists(caches["default"].make_key("频道"))
