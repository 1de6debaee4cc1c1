package dev.storewatch.dashboard;

/**
 * What is wrong with what is known of a store.
 *
 * @param id the id of the store
 * @param link the address of its page
 * @param detail what follows from it
 * @param since since when, in UTC; empty if nobody knows
 */
public record FaultLine(String id, String link, String detail, String since) {}
