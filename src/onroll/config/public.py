"""The addresses that answer somebody who is not signed in, each with its reason. The URL test reads this table."""

from collections.abc import Mapping
from types import MappingProxyType

PUBLIC: Mapping[str, str] = MappingProxyType(
    {
        "account_login": "the door",
        "account_logout": "leaving twice does no harm",
        "account_inactive": "says that an account is closed",
        "account_set_password": "not offered: answers 404 to everybody",
        "account_reset_password": "asks for the e-mail address; answers the same whether it is known or not",
        "account_reset_password_done": "says that an e-mail may be on its way",
        "account_reset_password_from_key": "opened by the link in that e-mail",
        "account_reset_password_from_key_done": "says that the password is changed",
        "mfa_authenticate": "the second step, after the password",
        "mfa_login_webauthn": "signing in with a passkey",
        "join:show": "opened by the link of an invitation",
        "statement:show": "opened by a family, with a link that ends",
        "system:alive": "one word for machines that watch the server; it asks the database nothing",
        "public:show": "the school’s policy, once it is published; never how the school keeps it",
        "public:version": "a version that was published, at an address that stays",
        "public:pdf": "the same on paper",
        "about:accessibility": "the accessibility statement",
        "about:help": "help",
        "about:privacy": "how data is used",
    }
)
