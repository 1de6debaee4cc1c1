package dev.storewatch.dashboard;

/**
 * An import of a file.
 *
 * @param id its id
 * @param link the address of its page
 * @param source what the file is called
 * @param kind what it holds
 * @param state how far it is
 * @param percent how much of it has been read, while it lasts
 * @param read its rows
 * @param added those that were new
 * @param replaced those that took the place of others
 * @param repeated those that were known
 * @param rejected those that were wrong
 * @param received when it came, in UTC
 * @param error why it failed; may be empty
 */
public record ImportLine(
    String id,
    String link,
    String source,
    String kind,
    String state,
    long percent,
    long read,
    long added,
    long replaced,
    long repeated,
    long rejected,
    String received,
    String error) {}
