package dev.storewatch.dashboard;

import dev.storewatch.cost.CostOfSeveral;
import dev.storewatch.history.AskedTerms;
import dev.storewatch.history.GroupsView;
import dev.storewatch.history.StoreGroups;
import dev.storewatch.http.Encoded;
import dev.storewatch.signin.HtmlPages;
import dev.storewatch.store.Scope;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The page of groups: sums of their times beside the period before, and a ranking. */
@Hidden
@RestController
class GroupsPage {
  static final String PATH = "/groups";
  private static final int LOWEST = 20;

  private final StoreGroups groups;
  private final HistoryPanels panels;
  private final HtmlPages pages;

  GroupsPage(StoreGroups groups, HistoryPanels panels, HtmlPages pages) {
    this.groups = groups;
    this.panels = panels;
    this.pages = pages;
  }

  @GetMapping(path = PATH, produces = HtmlPages.TEXT_HTML)
  ResponseEntity<String> groups(
      Scope scope,
      CsrfToken csrf,
      @RequestParam(defaultValue = "") String window,
      @RequestParam(name = "group_by", defaultValue = "") String groupBy,
      @RequestParam(defaultValue = "") String tag) {
    List<String> tags = tag.isBlank() ? List.of() : List.of(tag);
    List<String> by = groupBy.isBlank() ? List.of() : List.of(groupBy);
    GroupsView view =
        groups.of(
            scope,
            new StoreGroups.Asked(
                null, null, Forms.given(window), tags, by, LOWEST, AskedTerms.USUAL));
    Map<String, Object> model = new HashMap<>();
    model.put("groups", view.groups().stream().map(GroupsPage::line).toList());
    model.put("lowest", view.lowest().stream().map(GroupsPage::line).toList());
    model.put("currency", currency(view));
    model.put("period", view.period().period());
    model.put("before", view.before().period());
    model.put("dates", "%s to %s".formatted(view.period().first(), view.period().last()));
    model.put("window", window.strip());
    model.put("groupBy", groupBy);
    model.put("tag", tag);
    // That of all stores reads weeks of their polls, so it is for those who ask for a group.
    model.put(
        "history",
        tags.isEmpty() ? new HistoryPanel(List.of(), null) : panels.ofGroup(scope, tags));
    model.put("viewer", pages.viewer(csrf));
    return pages.page("dashboard/groups.jte", model);
  }

  /** Returns the currency of what was lost; null if nothing is known of that. */
  private static @Nullable String currency(GroupsView view) {
    CostOfSeveral cost = view.groups().getFirst().cost(); // that of all stores
    return cost == null ? null : cost.currency();
  }

  private static GroupLine line(GroupsView.Group group) {
    String tag = group.tag();
    return new GroupLine(
        group.groupBy() == null
            ? "All stores"
            : Objects.requireNonNullElse(tag, "no " + group.groupBy()),
        tag == null ? null : "/groups?tag=" + Encoded.value(tag),
        tag == null ? null : "/fleet?tag=" + Encoded.value(tag),
        group);
  }

  private static GroupLine.OfStore line(GroupsView.Store store) {
    return new GroupLine.OfStore(Fleet.link(store.storeId()), store);
  }
}
