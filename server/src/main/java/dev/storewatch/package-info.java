/** The program: a server and a command line over the same features. */
@NullMarked
package dev.storewatch;

import org.jspecify.annotations.NullMarked;
