package dev.storewatch.report;

import java.util.OptionalLong;

/**
 * A report that somebody requested, and how far it is.
 *
 * @param number its serial number, from 1
 * @param id the random id by which callers know it
 * @param asOf its as-of instant in microseconds since the epoch; empty if there was no poll to take
 *     it from: then the report has no rows
 * @param spec what it is about; its instant is meaningless when {@code asOf} is empty
 * @param origin who requested it, and when
 * @param state how far it is
 */
public record Report(
    int number,
    String id,
    OptionalLong asOf,
    ReportSpec spec,
    RequestOrigin origin,
    ReportState state) {}
