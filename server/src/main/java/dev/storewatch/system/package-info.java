/**
 * What every feature stands on: the data folder, the database and its bulk idioms. No word of the
 * domain.
 */
@NullMarked
package dev.storewatch.system;

import org.jspecify.annotations.NullMarked;
