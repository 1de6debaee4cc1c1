package dev.storewatch.cost;

import dev.storewatch.input.WrongInput;
import java.util.Currency;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of what an outage costs, {@code storewatch.cost.*}.
 *
 * @param currency the currency of the values, by its code of ISO 4217
 * @param rates how many orders a store has in an open hour and what one is worth, for a store, for
 *     the stores with a tag, or for all, for example {@code store 42: 12 x 18.50}, {@code tag
 *     region:west: 20 x 15} and {@code all: 8 x 14.90}; of several the store's own counts, then the
 *     first of its tags. Without any, no cost is shown
 */
@ConfigurationProperties(prefix = CostSettings.PREFIX)
public record CostSettings(@DefaultValue("USD") String currency, @DefaultValue List<String> rates) {
  static final String PREFIX = "storewatch.cost";

  /**
   * Checks the settings.
   *
   * @throws WrongInput if one is invalid
   */
  public CostSettings {
    rates = List.copyOf(rates);
    try {
      var _ = Currency.getInstance(currency);
    } catch (IllegalArgumentException e) {
      throw new WrongInput(
          "%s.currency is '%s': use a code of ISO 4217, for example EUR"
              .formatted(PREFIX, currency));
    }
    rates.forEach(Rate::parse);
  }
}
