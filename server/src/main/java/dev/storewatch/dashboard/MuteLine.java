package dev.storewatch.dashboard;

/**
 * What nothing is told of for some time.
 *
 * @param id its id
 * @param about of what
 * @param reason why
 * @param until when it ends, in UTC
 * @param by who entered it
 */
public record MuteLine(String id, String about, String reason, String until, String by) {}
