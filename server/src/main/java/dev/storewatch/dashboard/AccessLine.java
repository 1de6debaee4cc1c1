package dev.storewatch.dashboard;

/**
 * A key or a person.
 *
 * @param id what it is known by
 * @param name what people call it
 * @param role the word of the role
 * @param stores which stores may be seen
 * @param used when it was last used, in UTC
 * @param state how long it is good; empty for people
 * @param isGood whether it can be taken back
 */
public record AccessLine(
    String id,
    String name,
    String role,
    String stores,
    String used,
    String state,
    boolean isGood) {}
