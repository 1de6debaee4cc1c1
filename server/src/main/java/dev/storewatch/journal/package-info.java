/**
 * What each import changed, kept for some time: so that it can be taken back, and so that the files
 * of one command add up.
 */
@NullMarked
package dev.storewatch.journal;

import org.jspecify.annotations.NullMarked;
