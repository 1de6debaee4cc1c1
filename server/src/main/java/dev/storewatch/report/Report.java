package dev.storewatch.report;

import java.util.OptionalLong;

/**
 * A report that was asked for.
 *
 * @param number its serial number, from 1
 * @param id the random id by which it is known to whoever asked
 * @param asOf its as-of instant in microseconds since the epoch; empty if there was no poll to take
 *     it from, and then the report has no rows
 * @param spec what it is about; the instant in it means nothing when {@code asOf} is empty
 * @param asking who asked for it, and when
 * @param state how far it is
 */
public record Report(
    int number, String id, OptionalLong asOf, ReportSpec spec, Asking asking, ReportState state) {}
