using Tracing.Analysis.Catalog;
using Xunit;

namespace Tracing.Tests.Analysis;

/// <summary>Query files that are not what they must be: each gets a line that names file, line and expectation.</summary>
public sealed class QueryFileParserTests
{
    private const string Header = """
        -- id: A-1
        -- title: t
        -- level: MUST
        -- side: driver
        -- spec: §1
        -- row: A-1
        -- precision: exact
        -- basis: normative
        -- message: m

        """;

    private const string Body = "select 1 as sequence, 1 as since, 0 as device, 0 as queue, false as violated";

    [Theory]
    [InlineData("", "a/a-1.sql:1: the file does not begin with '-- key: value' lines")]
    [InlineData("select 1", "a/a-1.sql:1: the file does not begin with '-- key: value' lines")]
    [InlineData("-- nonsense\nselect 1", "a/a-1.sql:1: 'nonsense' is not of the form 'key: value'; a line '--' ends the header")]
    [InlineData("-- id: A-1\n-- id: A-1\nselect 1", "a/a-1.sql:2: the key 'id' is given twice")]
    [InlineData("-- id: A-1\n", "a/a-1.sql:2: the file ends before its statement")]
    [InlineData("-- id: A-1\n--\n-- prose\nselect 1", "a/a-1.sql:3: text behind the header needs a '-- ## Title' above it")]
    [InlineData("-- what: A-1\nselect 1", "a/a-1.sql:1: the first key is 'what'; expected id (a rule), view or macro")]
    public void A_file_that_is_no_query_is_refused(string text, string expected) => Assert.Equal(expected, Refusal(text));

    [Theory]
    [InlineData("-- title: t\n", "", "a/a-1.sql: the header has no 'title'")]
    [InlineData("-- level: MUST", "-- level: must", "a/a-1.sql:3: level is 'must'; expected one of MUST, SHOULD, lint")]
    [InlineData("-- side: driver", "-- side: host", "a/a-1.sql:4: side is 'host'; expected one of driver, device, platform")]
    [InlineData("-- id: A-1", "-- id: B-1", "a/a-1.sql:1: the id 'B-1' and the file's name 'a-1' differ: expected b-1.sql")]
    [InlineData("-- message: m", "-- massage: m", "a/a-1.sql:9: 'massage' is no key of a rule; known are id, title, level, side, spec, row, also, profiles, precision, basis, needs, uses, message, judges")]
    [InlineData("-- message: m", "-- message: m\n-- needs: driver.dance", "a/a-1.sql:10: 'dance' in 'driver.dance' is no kind of event")]
    [InlineData("-- message: m", "-- message: m\n-- uses: nothing", "a/a-1.sql: it uses 'nothing', and there is no such view or macro")]
    public void A_header_that_lacks_something_is_refused(string old, string replacement, string expected)
        => Assert.Equal(expected, Refusal(Header.Replace(old, replacement, StringComparison.Ordinal) + Body));

    [Theory]
    [InlineData("-- ## Example: perhaps\n", "a/a-1.sql:11: 'Example: perhaps' is not of the form 'Example: holds|violated|vacuous|inconclusive [at N, …] [: title]'")]
    [InlineData("-- ## Example: holds at 3\n", "a/a-1.sql:11: only a violated example has an anchor ('at N')")]
    [InlineData("-- ## Example: holds\n--     driver dance\n", "a/a-1.sql:12: column 12: 'dance' is no kind of event")]
    [InlineData("-- ## Example: holds\n--     takes: x\n", "a/a-1.sql:12: 'takes' is no directive; expected given, profile, exemption, order, assume or sees")]
    public void An_example_that_cannot_be_read_is_refused(string example, string expected)
    {
        var rule = Load(Header + "--\n" + example + Body).Rules[0];
        Assert.Equal(expected, Assert.Throws<CatalogException>(() => rule.Examples).Message);
    }

    [Fact]
    public void A_longer_value_goes_on_in_an_indented_line()
    {
        var rule = Load(Header.Replace("-- title: t", "-- title: a title\n--     that goes on", StringComparison.Ordinal) + Body + ";\n").Rules[0];
        Assert.Equal("a title that goes on", rule.Title);
        Assert.Equal(Body, rule.Body);
    }

    [Fact]
    public void Views_that_use_one_another_in_a_circle_are_refused()
    {
        var error = Assert.Throws<CatalogException>(() => QueryCatalog.Of(
        [
            new QuerySource("v/one.sql", "-- view: one\n-- uses: two\nselect 1 as x", false),
            new QuerySource("v/two.sql", "-- view: two\n-- uses: one\nselect 1 as x", false),
        ]));
        Assert.Contains("views use one another in a circle: one -> two -> one", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_rules_of_one_name_are_refused()
        => Assert.Equal("b/a-1.sql: there is already a rule 'A-1'", Assert.Throws<CatalogException>(() => QueryCatalog.Of(
        [
            new QuerySource("a/a-1.sql", Header + Body, false),
            new QuerySource("b/a-1.sql", Header + Body, true),
        ])).Message);

    [Fact]
    public void A_macro_from_outside_is_refused()
        => Assert.Contains("a macro cannot come from outside", Assert.Throws<CatalogException>(() => QueryCatalog.Of(
        [
            new QuerySource("a/m.sql", "-- macro: m\ncreate macro m(x) as x", true),
        ])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("swiotlb_bit = 200\ntitle = t", "profiles/p.toml:1: swiotlb_bit is '200'; expected a number below 128, or none")]
    [InlineData("title = t\nexemption = some", "profiles/p.toml:2: exemption is 'some'; expected one of strict, per-address, ignore")]
    [InlineData("title = t\nx = y", "profiles/p.toml:2: 'x' is no key of a profile; known are name, title, swiotlb_bit, region_origins, exemption, rules_off")]
    [InlineData("# nothing", "profiles/p.toml: the profile has no title")]
    public void A_profile_that_is_none_is_refused(string text, string expected)
        => Assert.Equal(expected, Assert.Throws<CatalogException>(() => QueryCatalog.Of([new QuerySource("profiles/p.toml", text, false)])).Message);

    [Fact]
    public void Rules_are_in_the_order_of_a_reader()
        => Assert.Equal(["ORDER-S2", "ORDER-S11", "ORDER-T1"], new[] { "ORDER-T1", "ORDER-S11", "ORDER-S2" }.Order(NaturalOrder.Instance));

    private static string Refusal(string text) => Assert.Throws<CatalogException>(() => Load(text)).Message;

    private static QueryCatalog Load(string text) => QueryCatalog.Of([new QuerySource("a/a-1.sql", text, false)]);
}
