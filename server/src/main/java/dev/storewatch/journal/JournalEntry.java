package dev.storewatch.journal;

import dev.storewatch.interval.Span;
import dev.storewatch.revision.StoreSet;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of an import that was written, to take it back.
 *
 * @param importId its id
 * @param number its place in the order in which imports were written; 0 while it is not written
 * @param setId what the files of one command share; null if there is no such thing
 * @param kind what the file holds, as {@code import_run} names it
 * @param firstNewKey the key of the first store that it added; the others follow without a gap
 * @param newStores how many it added
 * @param stores the stores whose polls it wrote, or whose hours or zones it named
 * @param kept the stores that kept their hours or zones because rows of theirs were refused
 * @param written the time in which it wrote polls; empty if it wrote none
 * @param knew the stores of which it named polls that were there already
 * @param known the time of these polls; empty if there were none
 * @param touched the stores of which polls in that time were pushed again or deleted since
 */
public record JournalEntry(
    String importId,
    long number,
    @Nullable String setId,
    String kind,
    int firstNewKey,
    int newStores,
    StoreSet stores,
    StoreSet kept,
    Span written,
    StoreSet knew,
    Span known,
    StoreSet touched) {}
