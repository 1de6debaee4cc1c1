package dev.storewatch.source;

import dev.storewatch.file.FileKind;
import dev.storewatch.file.ReadOptions;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An address whose file is pulled again and again.
 *
 * @param id a random id
 * @param name what people call it
 * @param url where the file is
 * @param timing when it is pulled
 * @param secret where the secret is that the other machine wants; null for none
 * @param sentAs how that secret is sent
 * @param kind what the file has to hold; null if its header alone tells that
 * @param options how the file is read where it does not say so itself
 * @param paused whether it is not pulled at the moment
 * @param entered when it was entered
 * @param enteredBy who entered it; null for somebody without a name
 */
record PulledSource(
    String id,
    String name,
    URI url,
    Timing timing,
    @Nullable SecretReference secret,
    SentAs sentAs,
    @Nullable FileKind kind,
    ReadOptions options,
    boolean paused,
    Instant entered,
    @Nullable String enteredBy) {}
