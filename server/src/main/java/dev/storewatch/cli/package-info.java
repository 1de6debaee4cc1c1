/** The command line. */
@NullMarked
package dev.storewatch.cli;

import org.jspecify.annotations.NullMarked;
