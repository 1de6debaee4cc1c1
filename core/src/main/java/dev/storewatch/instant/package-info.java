/**
 * Instants as people and programs write them, read as microseconds since the epoch: one reader for
 * files, pushes and parameters.
 */
@NullMarked
package dev.storewatch.instant;

import org.jspecify.annotations.NullMarked;
