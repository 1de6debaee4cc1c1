/**
 * The owner's summary: how a store, the stores with some tags, or all of them did in a period, on
 * one page of PDF.
 *
 * <h2>Rationale</h2>
 *
 * <p>The figures are those of a report and of the outages that are kept; nothing is computed here
 * but sums of them. The page is made of HTML by openhtmltopdf, which writes the tags that programs
 * read pages aloud by (PDF/UA), and is loaded when the first page is made: no command starts slower
 * for it. Its libraries and the font take 5 MB.
 *
 * <p>The font is Liberation Sans, which PDFBox has with it under the SIL Open Font License: it has
 * Latin, Greek and Cyrillic letters. A letter that it does not have is printed as its number in
 * Unicode, because the library would print a number sign or nothing, in silence. The dates and the
 * id in the file are made of the data, so that the same data gives the same bytes.
 */
@NullMarked
package dev.storewatch.summary;

import org.jspecify.annotations.NullMarked;
