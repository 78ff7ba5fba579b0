"""How a password gets to MySQL 8 where the connection is not encrypted: under the server's public key."""

import asyncio
import itertools
import secrets

import asyncmy
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

OK = b"\x00\x00\x00\x02\x00\x00\x00"


class LoginOfMySQL8:
    """The server's side of `caching_sha2_password`, for an account it has not in its cache."""

    def __init__(self) -> None:
        self.password = b""
        self._key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self._salt = bytes(secrets.choice(range(1, 128)) for _ in range(20))

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async def ask(number: int, body: bytes) -> bytes:
            writer.write(len(body).to_bytes(3, "little") + bytes([number]) + body)
            header = await reader.readexactly(4)
            return await reader.readexactly(int.from_bytes(header[:3], "little"))

        capabilities = (0x0008_8208).to_bytes(4, "little")  # protocol 4.1, secure connection, authentication plugins
        status = b"\xff\x02\x00"  # the character set, autocommit
        await ask(
            0,
            b"\x0a8.0.40\x00\x01\x00\x00\x00" + self._salt[:8] + b"\x00" + capabilities[:2] + status
            + capabilities[2:] + b"\x15" + bytes(10) + self._salt[8:] + b"\x00caching_sha2_password\x00",
        )  # fmt: skip
        assert await ask(2, b"\x01\x04") == b"\x02"  # the whole login, please; then the key, please
        public = self._key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        sent = await ask(4, b"\x01" + public)
        oaep = padding.OAEP(padding.MGF1(hashes.SHA1()), hashes.SHA1(), None)
        mixed = zip(self._key.decrypt(sent, oaep), itertools.cycle(self._salt), strict=False)
        self.password = bytes(letter ^ salt for letter, salt in mixed).rstrip(b"\x00")
        command = await ask(6, OK)
        while command != b"\x01":  # goodbye
            command = await ask(1, OK)


async def test_a_password_reaches_mysql_8_over_plain_tcp() -> None:
    login = LoginOfMySQL8()
    done = asyncio.Event()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await login.talk(reader, writer)
        writer.close()
        done.set()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with asyncio.timeout(5):
        connection = await asyncmy.connect(host="127.0.0.1", port=port, user="shop", password="secret", db="shop")
        await connection.ensure_closed()
        await done.wait()
    server.close()
    await server.wait_closed()
    assert login.password == b"secret"
