"""Stand-ins for fal, Kling and Anthropic that speak the real wire.

They answer as HTTPS servers under the providers' own host names, reached through a CONNECT proxy
and a certificate authority of their own, by ``HTTPS_PROXY`` and ``SSL_CERT_FILE`` alone: nothing
in the product knows of them. They check what they are sent, make real pictures and films, can be
told to misbehave, and count what was bought.

In tests: ``pytest_plugins = ("tests.emulators.plugin",)`` and the fixture ``providers``. By hand:
``python -m tests.emulators``.
"""
