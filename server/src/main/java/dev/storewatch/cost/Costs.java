package dev.storewatch.cost;

import dev.storewatch.interval.Micros;
import dev.storewatch.store.Registry;
import dev.storewatch.uptime.WindowTotals;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What outages cost by the rates of the settings. */
public final class Costs {
  private static final BigDecimal HOUR = BigDecimal.valueOf(Micros.HOUR);

  private final Currency currency;
  private final List<Rate> rates;

  /** Costs by some settings. */
  public Costs(CostSettings settings) {
    this.currency = Currency.getInstance(settings.currency());
    this.rates = settings.rates().stream().map(Rate::parse).toList();
  }

  /** Returns what a store lost in some time; empty if the settings have no rate for it. */
  public Optional<Cost> of(Registry registry, int key, WindowTotals totals) {
    return rate(registry, key).map(rate -> cost(rate, totals));
  }

  private Optional<Rate> rate(Registry registry, int key) {
    if (rates.isEmpty()) {
      return Optional.empty();
    }
    String id = registry.id(key);
    Set<String> tags = registry.tags(key);
    return first(rate -> id.equals(rate.store()))
        .or(() -> first(rate -> rate.tag() != null && tags.contains(rate.tag())))
        .or(() -> first(rate -> rate.store() == null && rate.tag() == null));
  }

  private Optional<Rate> first(Predicate<Rate> which) {
    return rates.stream().filter(which).findFirst();
  }

  private Cost cost(Rate rate, WindowTotals totals) {
    long available = totals.scheduled() - totals.excluded();
    return new Cost(
        currency.getCurrencyCode(),
        amount(rate, totals.down()),
        amount(rate, available - totals.upAtMost()),
        amount(rate, available - totals.upAtLeast()),
        rate.ordersPerHour(),
        rate.orderValue());
  }

  private BigDecimal amount(Rate rate, long micros) {
    int digits = Math.max(0, currency.getDefaultFractionDigits());
    return BigDecimal.valueOf(micros)
        .multiply(rate.ordersPerHour())
        .multiply(rate.orderValue())
        .divide(HOUR, digits, RoundingMode.HALF_EVEN);
  }
}
