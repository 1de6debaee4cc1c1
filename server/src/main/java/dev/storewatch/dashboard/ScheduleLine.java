package dev.storewatch.dashboard;

import org.jspecify.annotations.Nullable;

/**
 * A schedule of reports as its page shows it.
 *
 * @param id its id
 * @param name what people call it
 * @param what what is made, and of which stores and time
 * @param times when
 * @param next when next, on its clocks
 * @param where where it goes
 * @param last what came of it last, in words; null before the first time
 * @param isBad whether that was a failure
 * @param detail more of that
 * @param report the page of its last report, or null
 */
public record ScheduleLine(
    String id,
    String name,
    String what,
    String times,
    String next,
    String where,
    @Nullable String last,
    boolean isBad,
    @Nullable String detail,
    @Nullable String report) {}
