package dev.storewatch.http;

import java.io.PrintWriter;
import java.util.function.Consumer;

/**
 * An answer that is text and is written while its rows are looked up, so that it may be as long as
 * it likes.
 *
 * @param writing writes all of it
 */
public record StreamedText(Consumer<PrintWriter> writing) {}
