using Xunit;

namespace Tracing.Tests.Instrumented;

/// <summary>What recording compiles to: it must not hide a barrier that the recorded program lacks.</summary>
public sealed class AddedInstructionsTests
{
    private static readonly string[] fencesOfX64 = ["lock ", "mfence", "lfence", "sfence", "xchg", "cpuid", "rdtscp", "syscall", "serialize"];
    private static readonly string[] fencesOfArm64 = ["dmb", "dsb", "isb", "ldar", "stlr", "ldapr", "ldxr", "stxr", "ldaxr", "stlxr", "cas", "swp", "ldadd", "svc"];

    [Theory]
    [InlineData("-O1")]
    [InlineData("-O2")]
    [InlineData("-O3")]
    public void On_x86_64_recording_adds_no_fence_and_no_locked_operation(string optimization)
    {
        Assert.SkipUnless(System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.X64, "another processor");
        AssertNone(CProgram.Disassemble("gcc", "hot", optimization), fencesOfX64);
    }

    [Theory]
    [InlineData("-O2")]
    [InlineData("-O3")]
    public void On_arm64_recording_adds_no_barrier_and_no_ordered_access(string optimization)
        => AssertNone(CProgram.Disassemble("aarch64-linux-gnu-gcc", "hot", optimization), fencesOfArm64);

    [Fact]
    public void Compiled_out_it_leaves_nothing()
        => Assert.Equal(CProgram.Disassemble("gcc", "bare", "-O2"), CProgram.Disassemble("gcc", "hot", "-O2", "-DVIRTIO_TRACE_OFF"));

    [Fact]
    public void Compiled_in_and_off_it_is_a_test_and_a_branch()
    {
        Assert.SkipUnless(System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.X64, "another processor");
        var fence = CProgram.Disassemble("gcc", "hot", "-O2", "-fcf-protection=none").SkipWhile(line => line != "<fence>:").ToList();
        Assert.Equal("test   %rdi,%rdi", fence[1]);
        Assert.StartsWith("je ", fence[2], StringComparison.Ordinal);
    }

    /// <summary>No instruction is any of these; those of the segment change are among them.</summary>
    private static void AssertNone(IReadOnlyList<string> instructions, string[] forbidden)
    {
        Assert.True(instructions.Count > 100, "too few instructions: was anything compiled?");
        Assert.DoesNotContain(instructions, line => Array.Exists(forbidden, word => line.StartsWith(word, StringComparison.Ordinal)));
    }
}
