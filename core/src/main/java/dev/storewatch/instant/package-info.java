/**
 * Instants and lengths of time as people and programs write them: one reader for files, pushes and
 * parameters.
 */
@NullMarked
package dev.storewatch.instant;

import org.jspecify.annotations.NullMarked;
