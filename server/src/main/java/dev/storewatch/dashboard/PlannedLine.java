package dev.storewatch.dashboard;

/**
 * A planned closure or a special day.
 *
 * @param id its id
 * @param about of which stores
 * @param times when it is
 * @param reason why; may be empty
 * @param by who entered it; may be empty
 */
public record PlannedLine(String id, String about, String times, String reason, String by) {}
