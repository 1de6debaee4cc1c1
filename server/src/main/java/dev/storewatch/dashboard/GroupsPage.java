package dev.storewatch.dashboard;

import dev.storewatch.history.AskedTerms;
import dev.storewatch.history.GroupsView;
import dev.storewatch.history.StoreGroups;
import dev.storewatch.signin.HtmlPages;
import dev.storewatch.store.Scope;
import io.swagger.v3.oas.annotations.Hidden;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
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
      @RequestParam(required = false) @Nullable String window,
      @RequestParam(name = "group_by", required = false) @Nullable String groupBy,
      @RequestParam(required = false) @Nullable String tag) {
    String itsWindow = orNull(window);
    List<String> tags = orNull(tag) == null ? List.of() : List.of(Objects.requireNonNull(tag));
    List<String> by =
        orNull(groupBy) == null ? List.of() : List.of(Objects.requireNonNull(groupBy));
    GroupsView view =
        groups.of(
            scope,
            new StoreGroups.Asked(null, null, itsWindow, tags, by, LOWEST, AskedTerms.USUAL));
    Map<String, Object> model = new HashMap<>();
    model.put("groups", view.groups().stream().map(GroupsPage::line).toList());
    model.put("lowest", view.lowest().stream().map(GroupsPage::line).toList());
    model.put("period", view.period().period());
    model.put("before", view.before().period());
    model.put("dates", "%s to %s".formatted(view.period().first(), view.period().last()));
    model.put("window", itsWindow == null ? "" : itsWindow);
    model.put("groupBy", groupBy == null ? "" : groupBy);
    model.put("tag", tag == null ? "" : tag);
    // That of all stores reads weeks of their polls, so it is for those who ask for a group.
    model.put(
        "history",
        tags.isEmpty() ? new HistoryPanel(List.of(), null) : panels.ofGroup(scope, tags));
    model.put("viewer", pages.viewer(csrf));
    return pages.page("dashboard/groups.jte", model);
  }

  private static @Nullable String orNull(@Nullable String text) {
    return text == null || text.isBlank() ? null : text;
  }

  private static GroupLine line(GroupsView.Group group) {
    String tag = group.tag();
    return new GroupLine(
        group.groupBy() == null
            ? "All stores"
            : Objects.requireNonNullElse(tag, "no " + group.groupBy()),
        tag == null ? null : "/groups?tag=" + encoded(tag),
        tag == null ? null : "/fleet?tag=" + encoded(tag),
        group);
  }

  private static GroupLine.OfStore line(GroupsView.Store store) {
    return new GroupLine.OfStore(Fleet.link(store.storeId()), store);
  }

  private static String encoded(String tag) {
    return URLEncoder.encode(tag, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
