/**
 * Which settings there are, and what is wrong with one.
 *
 * <h2>Rationale</h2>
 *
 * <p>Values are checked by hand in the constructors of records and not by annotations of Bean
 * Validation: each message names the setting as it is written in the configuration and shows a
 * value that would be right, and a record that was not made by Spring, as on the command line, is
 * checked as well. A setting that nobody reads is refused, because a mistyped name would change
 * nothing and nobody would notice.
 */
@NullMarked
package dev.storewatch.setting;

import org.jspecify.annotations.NullMarked;
