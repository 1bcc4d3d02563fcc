"""Forms of the admin as a browser would send them back."""

from django.http import HttpResponse
from django.test import Client
from lxml import html

from accounts.roles import Role
from tests import factories

Fields = dict[str, list[str]]


def signed_in(role: Role | None, **fields) -> Client:
    """A client in the name of a new person with this role."""
    client = Client()
    client.user = factories.staff(role, **fields)
    client.force_login(client.user)
    return client


def fields_of(client: Client, url: str) -> Fields:
    """What the page's main form would send if nobody touched it, buttons aside."""
    page = html.fromstring(client.get(url).content.decode())
    form = next(form for form in page.forms if form.get("id", "").endswith("_form"))
    fields: Fields = {}
    for name, value in form.form_values():
        fields.setdefault(name, []).append(value)
    return fields


def send(
    client: Client, url: str, changes: dict, *, button: str = "_continue"
) -> HttpResponse:
    """Fill in the form, press the button and follow to the page that answers."""
    data = fields_of(client, url) | changes | {button: "1"}
    return client.post(url, data, follow=True)


def said(response: HttpResponse) -> list[str]:
    """The messages on the page."""
    return [str(message) for message in response.context["messages"]]
