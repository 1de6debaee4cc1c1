package dev.storewatch.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing that somebody did.
 *
 * @param number its place in the trail, from 1
 * @param doneAt when
 * @param who the name of the key or the person, as {@link dev.storewatch.http.Caller} has it
 * @param address from where
 * @param action what was done, for example {@code store.delete}
 * @param target what it was done to, or null
 * @param outcome what came of it; null while it goes on, or when the process ended in the middle
 * @param before the role, tags and end of a key or a person before a change of them, or null
 * @param after the same after it, or null
 */
public record AuditEntry(
    long number,
    Instant doneAt,
    String who,
    String address,
    String action,
    @Nullable String target,
    @Nullable String outcome,
    @Nullable String before,
    @Nullable String after) {}
