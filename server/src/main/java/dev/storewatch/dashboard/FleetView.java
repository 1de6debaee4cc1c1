package dev.storewatch.dashboard;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the page of the fleet shows.
 *
 * @param asOf the instant of which all figures are, in words
 * @param counts how many stores are what now
 * @param stores how many stores there are
 * @param uptimes the uptime of the fleet, by what the time is called
 * @param notices what makes the figures uncertain
 * @param out what is down now, the latest first
 * @param worst the stores with the lowest uptime of the last week
 */
public record FleetView(
    String asOf,
    Map<Now, Integer> counts,
    int stores,
    Map<String, Percent> uptimes,
    List<String> notices,
    List<Out> out,
    List<Worst> worst) {
  /**
   * A store that is down.
   *
   * @param id its id
   * @param link the path of its page
   * @param name what people call it, if it has a name
   * @param since since when, on its clocks
   * @param lost the open time lost until now
   */
  public record Out(String id, String link, @Nullable String name, String since, String lost) {}

  /**
   * A store with a low uptime.
   *
   * @param id its id
   * @param link the path of its page
   * @param name what people call it, if it has a name
   * @param uptime the uptime of the last week
   * @param down how much open time it was down in it
   */
  public record Worst(String id, String link, @Nullable String name, Percent uptime, String down) {}

  /**
   * A page of the table.
   *
   * @param filter which stores
   * @param rows those of the page
   * @param found how many there are on all pages
   * @param pages how many pages there are
   * @param tags the tags to choose from
   * @param zones the names of zones to choose from
   */
  public record Table(
      FleetFilter filter,
      List<StoreRow> rows,
      int found,
      int pages,
      List<String> tags,
      List<String> zones) {}
}
