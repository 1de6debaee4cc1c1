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

  /** No costs of any store. */
  public static final Costs NONE = new Costs(Currency.getInstance("USD"), List.of());

  /** Costs by some settings. */
  public Costs(CostSettings settings) {
    this(
        Currency.getInstance(settings.currency()),
        settings.rates().stream().map(Rate::parse).toList());
  }

  private Costs(Currency currency, List<Rate> rates) {
    this.currency = currency;
    this.rates = rates;
  }

  /** What several stores lost, added up; amounts are rounded when all are in. */
  public final class Sum {
    private BigDecimal lost = BigDecimal.ZERO;
    private BigDecimal atLeast = BigDecimal.ZERO;
    private BigDecimal atMost = BigDecimal.ZERO;
    private int stores;

    /** Adds what a store lost in some time; nothing if the settings have no rate for it. */
    public void add(Registry registry, int key, WindowTotals totals) {
      rate(registry, key)
          .ifPresent(
              rate -> {
                lost = lost.add(worth(rate, totals.down()));
                atLeast = atLeast.add(worth(rate, surelyDown(totals)));
                atMost = atMost.add(worth(rate, perhapsDown(totals)));
                stores++;
              });
    }

    /** Returns what they lost; empty if the settings have no rate for any of them. */
    public Optional<CostOfSeveral> cost() {
      return stores == 0
          ? Optional.empty()
          : Optional.of(
              new CostOfSeveral(
                  currency.getCurrencyCode(),
                  rounded(lost),
                  rounded(atLeast),
                  rounded(atMost),
                  stores));
    }
  }

  /** Returns the sum of nothing. */
  public Sum sum() {
    return new Sum();
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
    return new Cost(
        currency.getCurrencyCode(),
        rounded(worth(rate, totals.down())),
        rounded(worth(rate, surelyDown(totals))),
        rounded(worth(rate, perhapsDown(totals))),
        rate.ordersPerHour(),
        rate.orderValue());
  }

  private static long surelyDown(WindowTotals totals) {
    return totals.scheduled() - totals.excluded() - totals.upAtMost();
  }

  private static long perhapsDown(WindowTotals totals) {
    return totals.scheduled() - totals.excluded() - totals.upAtLeast();
  }

  /** Returns what the orders of some time are worth, times the microseconds of an hour. */
  private static BigDecimal worth(Rate rate, long micros) {
    return BigDecimal.valueOf(micros).multiply(rate.ordersPerHour()).multiply(rate.orderValue());
  }

  private BigDecimal rounded(BigDecimal worth) {
    int digits = Math.max(0, currency.getDefaultFractionDigits());
    return worth.divide(HOUR, digits, RoundingMode.HALF_EVEN);
  }
}
