package dev.storewatch.dashboard;

/**
 * What somebody did.
 *
 * @param at when, in UTC
 * @param who the name of the key or the person
 * @param address from where
 * @param action what was done
 * @param target what it was done to; may be empty
 * @param outcome what came of it
 * @param change what it changed; may be empty
 */
public record AuditLine(
    String at,
    String who,
    String address,
    String action,
    String target,
    String outcome,
    String change) {}
