package dev.storewatch.dashboard;

import dev.storewatch.http.Encoded;
import dev.storewatch.store.Registry;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which stores the table of the fleet shows, and in which order.
 *
 * @param search what the id, the name or a tag contains, in any letter case; empty for all
 * @param state what they are now; null for all
 * @param tag a tag that they have; empty for all
 * @param zone the name of their zone; empty for all
 * @param sort by which column they are sorted, and from which end
 * @param bounds whether each figure has its lowest and its highest value beside it
 * @param page which page of the table, from 1 on
 */
public record FleetFilter(
    String search,
    @Nullable Now state,
    String tag,
    String zone,
    Sort sort,
    boolean bounds,
    int page) {
  /** A column by which the stores can be sorted. */
  public enum Order {
    /** By id. */
    STORE("Store", "store, A to Z", "store, Z to A"),
    /** Those down first, then unknown, up, planned and closed. */
    STATE("Now", "now, down first", "now, closed first"),
    /** The least uptime of the last hour first. */
    HOUR("Hour", "hour, lowest first", "hour, highest first"),
    /** The least uptime of the last day first. */
    DAY("Day", "day, lowest first", "day, highest first"),
    /** The least uptime of the last week first. */
    WEEK("Week", "week, lowest first", "week, highest first");

    private final String header;
    private final String ascending;
    private final String descending;

    Order(String header, String ascending, String descending) {
      this.header = header;
      this.ascending = ascending;
      this.descending = descending;
    }

    /** Returns the header of the column. */
    public String header() {
      return header;
    }

    /** Returns the word of addresses. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * An order of the stores.
   *
   * @param order by which column
   * @param isDescending whether it is the other way round; stores without a figure come last then
   *     too
   */
  public record Sort(Order order, boolean isDescending) {
    private static final Sort USUAL = new Sort(Order.WEEK, false);

    /** Returns all of them, as they stand in a list to choose from. */
    public static List<Sort> all() {
      return Arrays.stream(Order.values())
          .flatMap(order -> Stream.of(new Sort(order, false), new Sort(order, true)))
          .toList();
    }

    /** Returns the word of addresses, with a minus before it if it is the other way round. */
    public String word() {
      return (isDescending ? "-" : "") + order.word();
    }

    /** Returns what people read. */
    public String text() {
      return isDescending ? order.descending : order.ascending;
    }

    static Sort of(@Nullable String word) {
      return all().stream().filter(each -> each.word().equals(word)).findFirst().orElse(USUAL);
    }
  }

  static FleetFilter of(
      @Nullable String search,
      @Nullable String state,
      @Nullable String tag,
      @Nullable String zone,
      @Nullable String sort,
      @Nullable String bounds,
      @Nullable Integer page) {
    return new FleetFilter(
        text(search),
        text(state).isEmpty() ? null : Now.of(text(state)),
        text(tag),
        text(zone),
        Sort.of(sort),
        "on".equals(bounds),
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
  public boolean isBy(Sort each) {
    return sort.equals(each);
  }

  /** Returns how the stores are sorted by a column, in the word of ARIA; null if by another. */
  public @Nullable String sortedBy(Order order) {
    if (sort.order != order) {
      return null;
    }
    return sort.isDescending ? "descending" : "ascending";
  }

  /** Returns whether only stores of a state are shown. */
  public boolean isOf(Now each) {
    return state == each;
  }

  /** Returns the address that the header of a column leads to: once more turns the order round. */
  public String by(Order order) {
    return new FleetFilter(search, state, tag, zone, turned(order), bounds, 1).link();
  }

  /** Returns the word for the order that the header of a column leads to. */
  public String turnedBy(Order order) {
    return turned(order).word();
  }

  private Sort turned(Order order) {
    return new Sort(order, sort.order == order && !sort.isDescending);
  }

  /** Returns the address of another page of the table. */
  public String at(int other) {
    return new FleetFilter(search, state, tag, zone, sort, bounds, other).link();
  }

  /** Returns the address of all stores of a state. */
  public static String linkTo(Now state) {
    return new FleetFilter("", state, "", "", Sort.USUAL, false, 1).link();
  }

  /** Returns the address of the table. */
  public String link() {
    return parameters().entrySet().stream()
        .map(each -> each.getKey() + "=" + Encoded.value(each.getValue()))
        .collect(Collectors.joining("&", FleetPage.PATH + "?", ""));
  }

  /** Returns what its address says, by the names of the parameters, without what is usual. */
  public Map<String, String> parameters() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("sort", sort.word());
    all.put("search", search);
    all.put("state", state == null ? "" : state.word());
    all.put("tag", tag);
    all.put("zone", zone);
    all.put("bounds", bounds ? "on" : "");
    all.put("page", page > 1 ? Integer.toString(page) : "");
    all.values().removeIf(String::isEmpty);
    return all;
  }
}
