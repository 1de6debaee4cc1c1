package dev.storewatch.cost;

import dev.storewatch.input.WrongInput;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How many orders a store has in an open hour, and what one is worth.
 *
 * @param store the id of the store that it is of; null if it is of several
 * @param tag the tag of the stores that it is of; null if it is of one store, or of all
 * @param ordersPerHour the orders of an open hour
 * @param orderValue what one is worth, in the currency of the settings
 */
record Rate(
    @Nullable String store, @Nullable String tag, BigDecimal ordersPerHour, BigDecimal orderValue) {
  private static final Pattern FORM =
      Pattern.compile(
          "(?:(all)|store (.+)|tag (.+)):\\s*(\\d{1,9}(?:\\.\\d{1,6})?)\\s*x\\s*"
              + "(\\d{1,12}(?:\\.\\d{1,6})?)");

  /**
   * Reads a rate such as {@code tag region:west: 20 x 15}.
   *
   * @throws WrongInput if it is none
   */
  static Rate parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw new WrongInput(
          "%s.rates has '%s': write for example store 42: 12 x 18.50, tag region:west: 20 x 15, or all: 8 x 14.90"
              .formatted(CostSettings.PREFIX, text));
    }
    return new Rate(
        form.group(2), form.group(3), new BigDecimal(form.group(4)), new BigDecimal(form.group(5)));
  }
}
