"""Documents against the schemas in tests/schemas/: RELAX NG for XML, JSON Schema for JSON."""

import json
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from lxml import etree

SCHEMAS = Path(__file__).parent / "schemas"


def xml_faults(document: etree._Element, schema: str) -> list[str]:
    """What is wrong with it, in words; empty if nothing is."""
    validator = etree.RelaxNG(etree.parse(SCHEMAS / f"{schema}.rng"))
    if validator.validate(document):
        return []
    return [f"{fault.line}: {fault.message}" for fault in validator.error_log]


def json_faults(data: Any, schema: str) -> list[str]:
    """What is wrong with it, in words; empty if nothing is."""
    rules = json.loads((SCHEMAS / f"{schema}.json").read_text("utf-8"))
    Draft202012Validator.check_schema(rules)
    return [
        f"{list(fault.path)}: {fault.message}"
        for fault in Draft202012Validator(rules).iter_errors(data)
    ]
