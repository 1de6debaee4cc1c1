package dev.storewatch.spark;

import dev.storewatch.hours.Clocks;
import dev.storewatch.hours.Schedule;
import dev.storewatch.interval.Span;
import dev.storewatch.interval.SpanSet;
import dev.storewatch.notice.NearIds;
import dev.storewatch.uptime.Outage;
import dev.storewatch.uptime.PackedPoll;
import dev.storewatch.uptime.PollSeries;
import dev.storewatch.uptime.Timeline;
import dev.storewatch.uptime.UptimeEngine;
import dev.storewatch.uptime.WindowTotals;
import dev.storewatch.window.Dates;
import dev.storewatch.window.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * Goes once over the sorted rows of a partition and gives a result for each store. Of the polls of
 * a store none is kept, so one with millions of polls takes no more memory than another.
 */
final class StoreWalk implements Iterator<Row> {
  /** The most windows of single stores that are kept for the stores after them. */
  private static final int MOST_MEASURES = 1_000;

  private final Iterator<InternalRow> rows;
  private final Question question;
  private final List<Window> windows;
  private final List<String> ofAll;
  private final Map<String, List<String>> ofTags;
  private final Map<List<Span>, Measure> measures = new HashMap<>();
  private final boolean hasLocalWindows;
  private final boolean withOutages;

  /** The polls of the store at hand; none are kept where nobody asks for outages. */
  private long[] polls = new long[256];

  private @Nullable InternalRow next;

  /** The windows of some stores, and what measures them. */
  private record Measure(List<Span> spans, UptimeEngine engine, Clocks clocks) {
    static Measure of(Question question, List<Span> spans) {
      UptimeEngine engine = new UptimeEngine(question.ruleOf(), question.asOf(), spans);
      return new Measure(spans, engine, new Clocks(engine.horizon()));
    }
  }

  /**
   * A walk over the rows of some stores.
   *
   * @param ofAll what is known of all stores
   * @param ofTags what is known of the stores with a tag, by the tag
   * @param withOutages whether the rows have outages too; for that, the polls of one store at a
   *     time are kept
   */
  StoreWalk(
      Iterator<InternalRow> rows,
      Question question,
      List<String> ofAll,
      Map<String, List<String>> ofTags,
      boolean withOutages) {
    this.rows = rows;
    this.question = question;
    this.windows = question.windowsOf();
    this.ofAll = ofAll;
    this.ofTags = ofTags;
    this.withOutages = withOutages;
    this.hasLocalWindows = question.hasLocalWindows();
    this.next = rows.hasNext() ? rows.next() : null;
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public Row next() {
    InternalRow first = next;
    if (first == null) {
      throw new NoSuchElementException();
    }
    UTF8String store = first.getUTF8String(StoreRows.STORE_PLACE).clone();
    Plan plan = new Plan();
    while (isOf(store) && isKnowledge()) {
      plan.take(String.valueOf(current().getUTF8String(StoreRows.TEXT_PLACE)));
      advance();
    }
    return measured(store, plan);
  }

  private Row measured(UTF8String store, Plan plan) {
    Schedule schedule = plan.schedule(ofAll, ofTags, question.lateClose());
    Measure measure = measure(schedule);
    SpanSet open = schedule.open(measure.clocks);
    SpanSet closed = schedule.closed(measure.clocks);
    UptimeEngine.OneStore steps = measure.engine.begin(open, closed);
    int kept = 0;
    boolean hasPoll = false;
    boolean isPolled = plan.isPolledBy(question.asOf());
    Long newest = null;
    while (isOf(store)) {
      long at = current().getLong(StoreRows.AT_PLACE);
      boolean active = (current().getLong(StoreRows.ORDER_PLACE) & 1) == 1;
      advance();
      if (isOf(store) && current().getLong(StoreRows.AT_PLACE) == at) {
        continue; // the one read last replaces it
      }
      hasPoll = true;
      if (at <= question.asOf()) {
        isPolled = true;
        newest = at;
        long poll = PackedPoll.of(at, active);
        steps.take(poll);
        if (withOutages) {
          kept = keep(poll, kept);
        }
      }
    }
    long[] totals = new long[windows.size() * WindowTotals.FIELDS];
    steps.finish(totals, 0);
    String id = store.toString();
    List<Object> row = new ArrayList<>();
    row.add(id);
    row.add(isPolled);
    row.add(newest);
    row.add(plan.faults(hasPoll));
    row.add(plan.isDescribed());
    row.add(NearIds.normal(id));
    row.add(unfinished(schedule, measure.spans));
    row.add(Results.pack(totals, ends(measure.spans)));
    if (withOutages) {
      row.add(Results.pack(outages(measure, open, closed, Arrays.copyOf(polls, kept))));
    }
    return RowFactory.create(row.toArray());
  }

  private int keep(long poll, int kept) {
    if (kept == polls.length) {
      polls = Arrays.copyOf(polls, 2 * kept);
    }
    polls[kept] = poll;
    return kept + 1;
  }

  /** Returns the outages of the longest window. */
  private List<Outage> outages(Measure measure, SpanSet open, SpanSet closed, long[] polls) {
    Span longest = Collections.max(measure.spans, Comparator.comparingLong(Span::length));
    return Timeline.of(
            question.ruleOf(), question.asOf(), longest, open, closed, PollSeries.ofPacked(polls))
        .outages();
  }

  private Measure measure(Schedule schedule) {
    if (measures.size() == MOST_MEASURES) {
      measures.clear();
    }
    List<Span> spans =
        hasLocalWindows || measures.isEmpty()
            ? question.spans(schedule)
            : measures.keySet().iterator().next();
    return measures.computeIfAbsent(spans, its -> Measure.of(question, its));
  }

  private String unfinished(Schedule schedule, List<Span> spans) {
    StringBuilder marks = new StringBuilder(windows.size());
    for (int window = 0; window < windows.size(); window++) {
      boolean isUnfinished =
          windows.get(window) instanceof Dates dates
              && spans.get(window).end() == question.asOf()
              && !dates.isOver(question.asOf(), schedule);
      marks.append(isUnfinished ? '1' : '0');
    }
    return marks.toString();
  }

  private static long[] ends(List<Span> spans) {
    long[] ends = new long[2 * spans.size()];
    for (int window = 0; window < spans.size(); window++) {
      ends[2 * window] = spans.get(window).start();
      ends[2 * window + 1] = spans.get(window).end();
    }
    return ends;
  }

  private boolean isOf(UTF8String store) {
    return next != null && next.getUTF8String(StoreRows.STORE_PLACE).equals(store);
  }

  private boolean isKnowledge() {
    return current().getLong(StoreRows.AT_PLACE) == StoreRows.BEFORE_POLLS;
  }

  private InternalRow current() {
    if (next == null) {
      throw new NoSuchElementException();
    }
    return next;
  }

  private void advance() {
    next = rows.hasNext() ? rows.next() : null;
  }
}
