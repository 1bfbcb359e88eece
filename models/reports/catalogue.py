"""All reports by name: a table of data that the command line and the screens read."""

from __future__ import annotations

from models.reports.candidates import CANDIDATES
from models.reports.closed import DEALS
from models.reports.effects import CAMPAIGNS, UNMET
from models.reports.frame import Report
from models.reports.funnel import FUNNEL
from models.reports.receivables import RECEIVABLES
from models.reports.renewals import EXPIRING, RENEWALS

REPORTS: dict[str, Report] = {
    report.name: report for report in (CANDIDATES, FUNNEL, DEALS, UNMET, CAMPAIGNS, RECEIVABLES, RENEWALS, EXPIRING)
}
