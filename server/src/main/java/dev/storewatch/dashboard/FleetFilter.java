package dev.storewatch.dashboard;

import dev.storewatch.store.Registry;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which stores the table of the fleet shows, and in which order.
 *
 * @param search what the id, the name or a tag contains, in any letter case; empty for all
 * @param state what they are now; null for all
 * @param tag a tag that they have; empty for all
 * @param zone the name of their zone; empty for all
 * @param sort a word of {@link Order}
 * @param page which page of the table, from 1 on
 */
public record FleetFilter(
    String search, @Nullable Now state, String tag, String zone, Order sort, int page) {
  /** The order of the stores. */
  public enum Order {
    /** By id. */
    STORE,
    /** Those down first, then unknown, up, planned and closed. */
    STATE,
    /** The least uptime of the last hour first. */
    HOUR,
    /** The least uptime of the last day first. */
    DAY,
    /** The least uptime of the last week first. */
    WEEK;

    /** Returns the word of addresses. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Order of(@Nullable String word) {
      for (Order each : values()) {
        if (each.word().equals(word)) {
          return each;
        }
      }
      return WEEK;
    }
  }

  static FleetFilter of(
      @Nullable String search,
      @Nullable String state,
      @Nullable String tag,
      @Nullable String zone,
      @Nullable String sort,
      @Nullable Integer page) {
    return new FleetFilter(
        text(search),
        text(state).isEmpty() ? null : Now.of(text(state)),
        text(tag),
        text(zone),
        Order.of(sort),
        page == null ? 1 : Math.max(1, page));
  }

  private static String text(@Nullable String given) {
    return given == null ? "" : given.strip();
  }

  /** Returns whether a store is among them, whatever its state is. */
  boolean includes(Registry registry, int key) {
    return (tag.isEmpty() || registry.tags(key).contains(tag))
        && (zone.isEmpty() || registry.zoneInUse(key).name().equals(zone))
        && (search.isEmpty() || isFound(registry, key));
  }

  private boolean isFound(Registry registry, int key) {
    String name = registry.name(key);
    return contains(registry.id(key))
        || (name != null && contains(name))
        || registry.tags(key).stream().anyMatch(this::contains);
  }

  private boolean contains(String text) {
    return text.toLowerCase(Locale.ROOT).contains(search.toLowerCase(Locale.ROOT));
  }

  /** Returns whether the stores are in an order. */
  public boolean isBy(Order order) {
    return sort == order;
  }

  /** Returns whether only stores of a state are shown. */
  public boolean isOf(Now each) {
    return state == each;
  }

  /** Returns the address of the same table in another order. */
  public String by(Order order) {
    return new FleetFilter(search, state, tag, zone, order, 1).link();
  }

  /** Returns the address of another page of the table. */
  public String at(int other) {
    return new FleetFilter(search, state, tag, zone, sort, other).link();
  }

  /** Returns the address of all stores of a state. */
  public static String linkTo(Now state) {
    return new FleetFilter("", state, "", "", Order.WEEK, 1).link();
  }

  /** Returns the address of the table. */
  public String link() {
    StringBuilder link = new StringBuilder(FleetPage.PATH + "?sort=" + sort.word());
    add(link, "search", search);
    add(link, "state", state == null ? "" : state.word());
    add(link, "tag", tag);
    add(link, "zone", zone);
    if (page > 1) {
      add(link, "page", Integer.toString(page));
    }
    return link.toString();
  }

  private static void add(StringBuilder link, String name, String value) {
    if (!value.isEmpty()) {
      link.append('&')
          .append(name)
          .append('=')
          .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
    }
  }
}
