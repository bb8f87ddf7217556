"""The report's lines on promises of amounts."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from slachain.analysis.amounts import AmountVerdict, Part
from slachain.analysis.availability import Downtime
from slachain.analysis.money import amount_at_risk
from slachain.analysis.promises import Horizon
from slachain.decisions.money_lines import money_line
from slachain.decisions.report import FixLine, Instant, PartLine, PromiseLine, Quantity
from slachain.language.amounts import write_amount
from slachain.language.describe import describe_calendar
from slachain.language.scalars import write_duration
from slachain.language.values import dataclass, field
from slachain.study import Study

Key = tuple[str, str, str, int]
Clock = tuple[str, str, Horizon]  # a calendar, a kind of period and a horizon


@dataclass(frozen=True, slots=True)
class AmountLines:
    """The rows of one study. What promises that are alike have in common is put together once.

    `for_terminal`: without the lines to paste, which no terminal tells.
    """

    study: Study
    for_terminal: bool = False
    _supplies: dict[int, tuple[tuple[Part, ...], tuple[PartLine, ...]]] = field(
        default_factory=dict
    )  # those alike have the very same parts
    _open: dict[Clock, tuple[int, int]] = field(default_factory=dict)
    _fixes: dict[Key, tuple[FixLine, ...]] = field(default_factory=dict)

    def of(self, verdict: AmountVerdict) -> PromiseLine:
        """One promise's row: its amount, what is supplied, and by whom."""
        study, promise, calendars = self.study, verdict.promise, self.study.catalogue.calendars
        supported = verdict.supported
        return PromiseLine(
            agreement=promise.agreement.id,
            title=promise.agreement.title_or_id,
            customer=promise.agreement.customer.value,
            provider=promise.agreement.provider.value,
            metric=promise.metric.id,
            priority=promise.priority,
            alternative=None,
            chain=promise.metric.chain,
            calendar=promise.calendar,
            clock=describe_calendar(promise.calendar, calendars),
            zone=study.calendars.zone(promise.calendar),
            verdict=verdict.verdict,
            cause=verdict.cause,
            promised=Quantity(promise.target.bound.text, promise.amount, "value"),
            supported=_supported(verdict),
            headroom=None if supported is None else _headroom(verdict, supported),
            attainment=None,
            exposure=None,
            horizon=(Instant(2 * verdict.horizon.start), Instant(2 * verdict.horizon.end)),
            worst_case=None,
            fixes=() if verdict.holds else self.fixes(verdict),
            written=study.catalogue.line(promise.target.bound.at),
            at=promise.target.bound.at,
            period=promise.target.period,
            supplies=self.supplies(verdict),
            money=money_line(amount_at_risk(verdict), promise.agreement, promise.metric.id),
            downtime=self.downtime(verdict),
        )

    def fixes(self, verdict: AmountVerdict) -> tuple[FixLine, ...]:
        """What would mend a promise that does not hold, sought once."""
        if verdict.holds:
            return ()
        key = verdict.promise.key
        if key not in self._fixes:
            self._fixes[key] = tuple(self._told(verdict))
        return self._fixes[key]

    def _told(self, verdict: AmountVerdict) -> Iterator[FixLine]:
        from slachain.decisions.mend_amounts import AmountMender

        for fix in AmountMender(self.study, verdict).fixes():
            if self.for_terminal:
                yield fix.in_words()
            else:
                from slachain.decisions.paste import fix_line

                yield fix_line(self.study, fix)

    def supplies(self, verdict: AmountVerdict) -> tuple[PartLine, ...]:
        """The commitments that count."""
        parts = verdict.parts
        if id(parts) not in self._supplies:
            self._supplies[id(parts)] = parts, tuple(part_line(self.study, verdict, part) for part in parts)
        return self._supplies[id(parts)][1]

    def downtime(self, verdict: AmountVerdict) -> tuple[str, str] | None:
        """How long it may be down in a period: as promised, and as supported."""
        promise = verdict.promise
        if promise.metric.chain != "product" or verdict.supported is None:
            return None
        clock = promise.calendar, promise.target.period, verdict.horizon
        if clock not in self._open:
            self._open[clock] = _open_time(Downtime(self.study.calendars, *clock))
        return _told(promise.amount, self._open[clock]), _told(verdict.supported, self._open[clock])


def amount_line(study: Study, verdict: AmountVerdict) -> PromiseLine:
    """One promise's row by itself."""
    return AmountLines(study).of(verdict)


def _supported(verdict: AmountVerdict) -> Quantity | None:
    if verdict.supported is None:
        return Quantity("never", None, "value") if verdict.cause == "missing" else None
    promise = verdict.promise
    return Quantity(write_amount(verdict.supported, promise.metric, promise.target), verdict.supported, "value")


def _headroom(verdict: AmountVerdict, supported: Fraction) -> Quantity:
    promise = verdict.promise
    left = supported - promise.amount if promise.metric.better == "higher" else promise.amount - supported
    return Quantity(write_amount(left, promise.metric, promise.target), left, "value")


def part_line(study: Study, verdict: AmountVerdict, part: Part) -> PartLine:
    """One commitment, and what it comes to on the promise's clock."""
    metric = verdict.promise.metric
    calendar = (part.target.calendar or study.catalogue.agreements[part.stop.agreement].calendar).value
    bound = part.target.bound
    return PartLine(
        agreement=part.stop.agreement,
        commits=bound.text,
        period=part.target.period,
        clock=describe_calendar(calendar, study.catalogue.calendars),
        supplies=Quantity(write_amount(part.supplies, metric, part.target), part.supplies, "value"),
        written=study.catalogue.line(bound.at),
        at=bound.at,
    )


def _open_time(measured: Downtime) -> tuple[int, int]:
    """The fewest and the most seconds that the promise's clock runs in a period; none where it runs in none."""
    seconds = [measured.open(measured.calendar).within(period) for period in measured.counted()] or [0]
    return min(seconds), max(seconds)


def _told(share: Fraction, open_time: tuple[int, int]) -> str:
    """The shortest and the longest downtime that a share leaves in a period, in whole seconds: more of what is open is more that is left."""
    least, most = (write_duration(int((1 - share) * seconds)) for seconds in open_time)
    return least if least == most else f"{least} to {most}"
