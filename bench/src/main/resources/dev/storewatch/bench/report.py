"""The report by pandas, as people write it: each store by itself, its open times day by day."""
import sys
import zoneinfo
from datetime import timedelta

import pandas as pd

polls_file, hours_file, zones_file, output = sys.argv[1:5]
# Rows that are wrong are left out.
lenient = {"dtype": str, "on_bad_lines": "skip", "encoding_errors": "replace"}
polls = pd.read_csv(polls_file, **lenient)
polls = polls[polls["status"].isin(["active", "inactive"])].dropna()
at = polls["timestamp_utc"].str.replace(" UTC", "", regex=False)
mixed = {"format": "mixed"} if int(pd.__version__.split(".")[0]) >= 2 else {}
polls["at"] = pd.to_datetime(at, errors="coerce", utc=True, **mixed)
polls = polls.dropna()
polls = polls.sort_values("at", kind="stable").drop_duplicates(["store_id", "at"], keep="last")
hours = pd.read_csv(hours_file, **lenient)
for column in ("start_time_local", "end_time_local"):
    hours[column] = pd.to_timedelta(hours[column], errors="coerce")
hours["day"] = pd.to_numeric(hours["day"], errors="coerce")
hours = hours.dropna()
zones = pd.read_csv(zones_file, **lenient).dropna()
zones = zones[zones["timezone_str"].isin(zoneinfo.available_timezones())].set_index("store_id")["timezone_str"].to_dict()
hours_of = {store: rows for store, rows in hours.groupby("store_id")}
now = polls["at"].max()
CARRY = timedelta(hours=24)


def open_times(store):
    """The open times of the last eleven days, in UTC and in order; overlapping ones as one."""
    rows = hours_of.get(store)
    if rows is None:
        return [(now - timedelta(days=11), now)]
    zone = zones.get(store, "America/Chicago")
    times = []
    for day in pd.date_range((now - timedelta(days=11)).date(), (now + timedelta(days=1)).date()):
        for row in rows[rows["day"] == day.dayofweek].itertuples():
            start = day + row.start_time_local
            end = day + row.end_time_local
            if end <= start:
                end += timedelta(days=1)
            start, end = (
                each.tz_localize(zone, ambiguous=False, nonexistent="shift_forward").tz_convert("UTC")
                for each in (start, end)
            )
            times.append((start, min(end, now)))
    times.sort()
    merged = []
    for start, end in times:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        elif start < end:
            merged.append((start, end))
    return merged


def stretches(rows, times):
    """From the middle between two polls in business hours to the next, or as far as a poll speaks."""
    counted = [
        (at, status == "active")
        for at, status in zip(rows["at"], rows["status"])
        if any(start <= at < end for start, end in times)
    ]
    for i, (at, active) in enumerate(counted):
        start, end = at - CARRY, at + CARRY
        if i > 0:
            start = max(start, counted[i - 1][0] + (at - counted[i - 1][0]) / 2)
        if i + 1 < len(counted):
            end = min(end, at + (counted[i + 1][0] - at) / 2)
        yield start, min(end, now), active


def measure(rows, times, length):
    sums = {True: timedelta(), False: timedelta()}
    for start, end, active in stretches(rows, times):
        for opens, closes in times:
            overlap = min(end, closes) - max(start, opens, now - length)
            if overlap > timedelta():
                sums[active] += overlap
    return sums


WINDOWS = [(timedelta(hours=1), 60), (timedelta(days=1), 3600), (timedelta(days=7), 3600)]
with open(output, "w", encoding="utf-8") as out:
    out.write(
        "store_id,uptime_last_hour,uptime_last_day,uptime_last_week,"
        "downtime_last_hour,downtime_last_day,downtime_last_week\n"
    )
    for store, rows in polls.groupby("store_id"):
        times = [each for each in open_times(store)]
        sums = [(measure(rows, times, length), unit) for length, unit in WINDOWS]
        figures = [f"{each[up].total_seconds() / unit:.2f}" for up in (True, False) for each, unit in sums]
        out.write(f"{store},{','.join(figures)}\n")
