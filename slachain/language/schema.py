"""The agreement language as a JSON Schema (draft 2020-12), so that an editor completes, explains and checks while one writes.

It accepts whatever the readers accept, and refuses what can be told from one value or one mapping. What takes the whole
catalogue to tell (names, `extends`, what a metric of one's own is, circles) is left to `slachain check`. Built-in metrics are
taken for what they are, so that `resolution: 4` is marked: a catalogue that makes one of them another kind is not foreseen.
"""

from __future__ import annotations

from typing import Any

from slachain.language import schema_clauses, schema_scalars
from slachain.language.agreements import REQUIRED
from slachain.language.schema_clauses import either, fields, has, list_of, map_of, ref, stands_with
from slachain.language.schema_scalars import Schema, word
from slachain.language.targets import BUILT_IN

DRAFT = "https://json-schema.org/draft/2020-12/schema"


def json_schema() -> dict[str, Any]:
    """The schema of one file of a catalogue."""
    return {
        "$schema": DRAFT,
        "title": "slachain agreements",
        **fields("Agreements as one chain: what customers are promised, and what it relies on.", _sections()),
        "$defs": {**_nouns(), **schema_clauses.definitions(), **schema_scalars.definitions()},
    }


def _sections() -> dict[str, Schema]:
    return {
        "policy": ref("policy", "How the whole catalogue is judged."),
        "calendars": map_of("new_id", "calendar_body", "When clocks run, by id. The calendar 24x7 is built in."),
        "metrics": map_of("new_id", "metric", f"What is measured, beyond what is built in: {', '.join(BUILT_IN)}."),
        "teams": map_of("new_id", "team", "The capacity of teams, by id."),
        "plans": map_of("new_id", "plan", "Agreements with blanks, by id, for others to extend."),
        "agreements": map_of("new_id", "agreement", "What was agreed with customers, inside the organisation and with vendors, by id."),
    }


def _nouns() -> dict[str, Schema]:
    return {
        "policy": fields("How the whole catalogue is judged.", _policy()),
        "metric": _metric(),
        "team": fields("What a team can do.", _team()),
        "plan": fields("An agreement with blanks, for others to extend.", _agreement()),
        "agreement": ref(
            "plan",
            "What two sides have agreed. What it extends may give it clauses that are not written here.",
            **{"if": {"not": has("extends")}, "then": {"required": [*REQUIRED]}},
        ),
        **_clauses(),
        **_money(),
    }


def _policy() -> dict[str, Schema]:
    severities = map_of(
        "changeable", "severity", "Other severities for some findings, by code: {SC803: warning}.", examples=[{"SC803": "warning"}]
    )
    return {
        "severities": severities,
        "margin": ref(
            "margin",
            "The room to spare that every promise is to have, as a share or a time; with less there is a warning.",
            examples=["10%"],
        ),
        "equal": {
            **word("A chain exactly as long as its promise.", gap="has no room at all: a gap", kept="keeps the promise"),
            "default": "gap",
        },
        "failures": {
            **word(
                "What is known of failures.",
                independent="they have nothing to do with one another",
                unknown="nothing: they may well come together",
            ),
            "default": "independent",
        },
        "arrivals": {
            **word("When tickets are opened.", even="evenly over the customer's hours", any="at any time, the worst too"),
            "default": "even",
        },
    }


def _metric() -> Schema:
    keys: dict[str, Schema] = {
        "like": ref("id", "Another metric that this one is like in everything but its name.", examples=["resolution"]),
        "type": word(
            "What kind of value it has.",
            time="a time, such as 4h",
            percent="a share, such as 99.9%",
            count="a number of something",
            money="an amount of money",
        ),
        "unit": ref("text", "What is counted, such as leads.", examples=["leads"]),
        "better": word("Which values are stricter.", lower="the lower, as of times", higher="the higher, as of availability"),
        "chain": word(
            "What a promise asks of what it relies on.",
            each="every commitment below is stricter by itself",
            elapsed="the times of a path together are shorter, hand-overs included",
            product="what everything supplies together is better",
            supply="the amounts add up to more, or to less where lower is better",
        ),
    }
    alike = {"if": has("like"), "then": {"propertyNames": {"enum": ["like"]}}, "else": {"required": ["type", "better", "chain"]}}
    return fields("What is measured: like another metric, or of its own kind.", keys, (), alike, *_consistent())


def _consistent() -> list[Schema]:
    """What the kind of a metric has to do with its chain and unit."""

    def when(key: str, value: str, **then: Any) -> Schema:
        return {"if": {"properties": {key: {"const": value}}, "required": [key]}, "then": then}

    return [
        when("chain", "elapsed", properties={"type": {"enum": ["time"]}}),
        when("chain", "product", properties={"type": {"enum": ["percent"]}, "better": {"enum": ["higher"]}}),
        when("chain", "supply", properties={"type": {"enum": ["count", "money"]}}),
        when("type", "count", required=["unit"]),
    ]


def _team() -> dict[str, Schema]:
    return {
        "calendar": ref("calendar", "When the team works."),
        "staff": ref("whole", "How many people are on duty at the same time, in every hour of the calendar."),
        "shrinkage": ref(
            "percentage", "The share of their time on duty that goes elsewhere: breaks, meetings, training.", examples=["30%"]
        ),
        "handle_time": map_of("priority", "duration", "The mean effort for a ticket, by priority.", examples=[{"P1": "2h", "*": "1h"}]),
        "patience": ref("duration", "How long callers wait on average before they give up; if not written, nobody does."),
        "cost": ref("money", "What one person on duty costs in an hour.", examples=["60 EUR/hour"]),
    }


def _agreement() -> dict[str, Schema]:
    return {
        "kind": word(
            "Who it is with.",
            sla="a promise to a customer",
            ola="a commitment inside the organisation",
            uc="a vendor's contract (underpinning contract)",
        ),
        "title": ref("text", "What people call it."),
        "provider": ref("id", "Who does the work.", examples=["service-desk"]),
        "customer": ref("id", "Whom it is done for.", examples=["acme"]),
        "service": ref("text", "What it is about.", examples=["payments"]),
        "owner": ref("text", "Who answers for this agreement.", examples=["service-management@example.com"]),
        "extends": ref(
            "id", "A plan or an agreement whose clauses this one takes over, but for those that it writes itself.", examples=["gold"]
        ),
        "end_to_end": ref("flag", "true: its targets cover whatever it hands over, so it is checked like a promise to a customer."),
        "calendar": ref("calendar", "The clock of every target that names no other; 24x7 is built in.", examples=["24x7"]),
        "priorities": list_of("id", "Its priorities, the most urgent first.", examples=[["P1", "P2", "P3", "P4"]]),
        "targets": _targets(),
        "relies_on": list_of("item", "Who does the work: the ways a ticket may go from here.", examples=[["desk"]]),
        "pauses": list_of("pause", "Reasons for which the clock stops.", uniqueItems=True, examples=[["awaiting-customer"]]),
        "excludes": list_of("text", "What the agreement does not answer for.", examples=[["force-majeure"]]),
        "duties": list_of("duty", "What each side has to do for the targets to count."),
        "term": ref("term", "From when until when it is in force."),
        "review": ref("review", "How often it is looked at."),
        "fee": ref("money", "What is paid for it.", examples=["12000 EUR/month"]),
        "credits": ref("credits", "What a breach pays back."),
        "demand": map_of("priority", "demand", "The tickets expected, by priority.", examples=[{"P1": "3/month"}]),
        "options": list_of(
            "option", "Changes to this agreement that can be bought: slachain repair finds the cheapest that keep the promises."
        ),
        "accept": list_of("acceptance", "Findings that the owner has accepted, each until a date and for a reason."),
    }


def _targets() -> Schema:
    says = {
        "response": "In what time somebody answers.",
        "update": "How often there is news.",
        "acknowledge": "In what time somebody who was paged answers.",
        "restore": "In what time the service works again.",
        "resolution": "In what time the ticket is solved.",
        "outage": "How long one interruption may be.",
        "availability": "For what share of the time the service works.",
    }
    kinds = {"time": "time_targets", "percent": "share_targets"}
    targets = map_of("id", "any_targets", "What is promised or committed to, by metric.", examples=[{"resolution": {"P1": "4h"}}])
    return {**targets, "properties": {metric.id: ref(kinds[metric.type], says[metric.id]) for metric in BUILT_IN.values()}}


def _clauses() -> dict[str, Schema]:
    term = {
        "from": ref("date", "The first day on which it is in force."),
        "until": ref("date", "The last day on which it is in force; if not written, it runs until somebody gives notice."),
        "notice": ref("duration", "How long before its end notice has to be given.", examples=["90d"]),
    }
    review = {
        "every": ref("interval", "How often it is to be looked at.", examples=["6 months"]),
        "last": ref("date", "When it was last looked at."),
    }
    duty = {
        "who": ref("text", "Which side.", examples=["customer"]),
        "what": ref("text", "What it has to do.", examples=["answer questions"]),
        "within": ref("time", "In what time.", examples=["4h"]),
    }
    acceptance = {
        "finding": ref("code", "The finding's code, such as SC207."),
        "until": ref("date", "Until when it is accepted."),
        "because": ref("text", "Why."),
    }
    reasons = map_of(
        "id", "duration", "A reason, or a reason with the longest time that it may stop the clock.", examples=["awaiting-customer"]
    )
    return {
        "term": fields("From when until when an agreement is in force, both days included.", term),
        "review": fields("How often an agreement is looked at.", review),
        "pause": either("id", reasons),
        "duty": fields("What a side has to do.", duty, ["who", "what"], examples=[{"who": "customer", "what": "answer questions"}]),
        "acceptance": fields("A finding that the owner has accepted.", acceptance, [*acceptance]),
        "severity": word("How grave it is.", error="it counts against the run", warning="somebody should look at it", info="good to know"),
    }


def _money() -> dict[str, Schema]:
    band = {
        "below": ref("edge", "Owed when the share falls below this.", examples=["99.9%"]),
        "over": ref("edge", "Owed for a ticket that takes longer than this.", examples=["4h"]),
        "credit": ref("percentage", "The share of the fee that is owed.", examples=["10%"]),
    }
    cap = {"cap": ref("percentage", "All credits together are at most this share of the fee.", examples=["30%"])}
    credits = map_of(
        "id", "bands", "Credit bands by metric, and their cap.", examples=[{"availability": [{"below": "99.9%", "credit": "10%"}]}]
    )
    edges = [stands_with(edge, ["credit"]) for edge in ("below", "over")]
    return {
        "credits": {**credits, "properties": cap},
        "bands": list_of("band", "Credit bands, the mildest breach first."),
        "band": fields("From where on which credit is owed.", band, ["credit"], *edges, has("below", "over")),
    }
