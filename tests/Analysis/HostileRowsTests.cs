using System.Globalization;
using Tracing.Schemas;
using Xunit;

namespace Tracing.Tests.Analysis;

/// <summary>Rows that no recorder wrote: every command says something of them, or that they are not of the schema.</summary>
public sealed class HostileRowsTests : IDisposable
{
    private const string Copy = """
        platform dev0 region_mapped address=bus:0x10000 length=4096 target=cpu:0x90000 region_id=1
        driver dev0/q0 bounce_copy address=bus:0x10100 length=16 target=cpu:0x5000 direction=to_device mapping_id=1
        driver dev0/q0 bounce_copy address=bus:0x10100 length=16 target=cpu:0x6000 direction=to_device mapping_id=2

        """;

    private static readonly string[][] commands =
        [["check"], ["summary"], ["validate"], ["show"], ["show", "--address", "0x10100"]];

    private readonly TestRun run = new();

    public void Dispose() => run.Dispose();

    [Theory]
    [InlineData("target = null")]
    [InlineData("address = null")]
    [InlineData("target_space = null")]
    [InlineData("target_space = 'moon'")]
    [InlineData("length = 18446744073709551615")]
    [InlineData("address = 18446744073709551615, length = 18446744073709551615, target = 18446744073709551615")]
    public void The_life_of_a_byte_goes_on_past_a_copy_of_which_little_is_known(string change)
    {
        var show = CommandLine.Run("show", run.Write(Copy, sql: $"update event set {change} where sequence = 2"), "--address", "bus:0x10100");
        Assert.Equal((0, ""), (show.ExitCode, show.Error));
        Assert.Contains("#3 ", show.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Random_values_end_no_command_in_an_unknown_way()
    {
        for (var seed = 0; seed < 2 * TestScale.Seeds; seed++)
        {
            var random = new Random(seed);
            var changes = Enumerable.Range(0, 1 + random.Next(6)).Select(_ => Change(random));
            var path = run.Write(Copy + TestRun.Window, change: facts => facts with { Integrity = null }, sql: string.Join(";\n", changes));
            foreach (var command in commands)
            {
                var result = CommandLine.Run([command[0], path, .. command[1..]]);
                Assert.True(result.ExitCode is 0 or 1 or 3 or 4, $"seed {seed}: {command[0]} ended with {result.ExitCode}: {result.Error}");
                Assert.InRange(result.Error.Split('\n').Length, 1, 2);
                Assert.DoesNotContain('\u001b', result.Output + result.Error);
            }
        }
    }

    private static string Change(Random random)
    {
        var column = Columns.All[random.Next(Columns.All.Count)];
        var value = column.Type switch
        {
            ColumnType.Text => "chr(27) || '[2J'",
            ColumnType.Enumeration => column.Vocabulary is { } names && random.Next(3) > 0 ? $"'{names.Names[random.Next(names.Names.Count)]}'" : "chr(27) || 'x'",
            ColumnType.Boolean => "true",
            ColumnType.Int64 => "-9223372036854775807",
            _ => (ulong.MaxValue >> (64 - Bits(column.Type))).ToString(CultureInfo.InvariantCulture),
        };
        return $"update event set {column.Name} = {(random.Next(3) == 0 ? "null" : value)} where sequence % {1 + random.Next(4)} = 0";
    }

    private static int Bits(ColumnType type) => type switch
    {
        ColumnType.UInt8 => 8,
        ColumnType.UInt16 => 16,
        ColumnType.UInt32 => 32,
        _ => 64,
    };
}
