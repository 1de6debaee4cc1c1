/** Which settings there are, and what is wrong with one. */
@NullMarked
package dev.storewatch.setting;

import org.jspecify.annotations.NullMarked;
