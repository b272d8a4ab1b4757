namespace Fixtures.Tests.Extraction;

/// <summary>Files of xz 5.2 that hold <see cref="Pack.Small"/> unless their name says otherwise.</summary>
internal static class XzSamples
{
    public static readonly byte[] Crc64 = Convert.FromBase64String(
        "/Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj4ACeAEpdAD2IiaczqOeviRKW8IyX0aKekHWtbALHsVe0BS7cF9vfskkKqYAH0EtBCoYhOC8onzRH/8YYfWpxdnr0clLp1rtOlv9SjbdFuTgAAAAAW0PYWO"
        + "gBPtYAAWafAQAAAD7vEvaxxGf7AgAAAAAEWVo=");

    public static readonly byte[] Crc32 = Convert.FromBase64String(
        "/Td6WFoAAAFpIt42AgAhARYAAAB0L+Wj4ACeAEpdAD2IiaczqOeviRKW8IyX0aKekHWtbALHsVe0BS7cF9vfskkKqYAH0EtBCoYhOC8onzRH/8YYfWpxdnr0clLp1rtOlv9SjbdFuTgAAAAAw2Mz0A"
        + "ABYp8BAAAAKK2DbT4wDYsCAAAAAAFZWg==");

    public static readonly byte[] Sha256 = Convert.FromBase64String(
        "/Td6WFoAAArh+wyhAgAhARYAAAB0L+Wj4ACeAEpdAD2IiaczqOeviRKW8IyX0aKekHWtbALHsVe0BS7cF9vfskkKqYAH0EtBCoYhOC8onzRH/8YYfWpxdnr0clLp1rtOlv9SjbdFuTgAAAAAYM6DHE"
        + "UBGbf/dePyqdk4KkYTBHBZ+aX7rs/f99AemoAAAX6fAQAAAMhvlxm26d8cAgAAAAAKWVo=");

    public static readonly byte[] Unchecked = Convert.FromBase64String(
        "/Td6WFoAAAD/EtlBAgAhARYAAAB0L+Wj4ACeAEpdAD2IiaczqOeviRKW8IyX0aKekHWtbALHsVe0BS7cF9vfskkKqYAH0EtBCoYhOC8onzRH/8YYfWpxdnr0clLp1rtOlv9SjbdFuTgAAAAAAAFenw"
        + "EAAAD+ajseqAAK/AIAAAAAAFla");

    public static readonly byte[] OfTwoBlocks = Convert.FromBase64String(
        "/Td6WFoAAAFpIt42AgAhARYAAAB0L+Wj4ABjAD9dAD2IiaczqOeviRKW8IyX0aKekHWtbALHsVe0BS7cF9vfskkKqYAH0EtBCoYhOC8onzRH/8YYfWpxdnr0aZmJQgAAyeIR9QIAIQEWAAAAdC/lo+"
        + "AAOgA5XQAym4BGyi3FvkqKZP/Akj2kHcH91PTv8IgTEoim8oPd2bnyYkO3RLAKO3G9pBq9kCs2KkZPrpVFgAAAAAAAlY35SAACV2RROwAANEUL1D4wDYsCAAAAAAFZWg==");

    public static readonly byte[] OfStatedSizes = Convert.FromBase64String(
        "/Td6WFoAAAFpIt42BMBSnwEhARYAAAAAAAAAAGGZIaXgAJ4ASl0APYiJpzOo56+JEpbwjJfRop6Qda1sAsexV7QFLtwX29+ySQqpgAfQS0EKhiE4LyifNEf/xhh9anF2evRyUunWu06W/1KNt0W5OA"
        + "AAAADDYzPQAAFqnwEAAABFL9CBPjANiwIAAAAAAVla");

    public static readonly byte[] OfNothing = Convert.FromBase64String(
        "/Td6WFoAAATm1rRGAAAAABzfRCEftvN9AQAAAAAEWVo=");

    public static readonly byte[] OfOneBrace = Convert.FromBase64String(
        "/Td6WFoAAATm1rRGAgAhARYAAAB0L+WjAQAAewAAAABxUQgoEZS8TQABGQGlLIHMH7bzfQEAAAAABFla");

    public static readonly byte[] OfBig = Convert.FromBase64String(
        "/Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj9uNfAnJdAAAAUlAKhPmbsoAhqWnWJ+A+BlpfBI1T1AS6OVcFCcFVJN6duHFZMWChn/lvSXPyyOqMuhqLKWkhgP4zg2avRm3snomKC4PwPA6Jjj/tX+eekN"
        + "kc/zL0suA5UbLSFBW0xXG62wbjeZqfuzjBsACskwuqBhkDEggVW5vISPAyLv4toIfI8KTg0lHrjWdWkrJNhMXxhjHfamJbwnkt2fc8c7p0dAfYPKlWIiShZvhahF8wZ9L2S0kufyDr2/gQDpR4d8c/"
        + "a++0zZXib/ZEbgbPC4Iay9t68FeNmP+QwD7mwRJBde4DnqjoegSV0b7AfmdyeuC6vVn/y92z0tPsI/kLnjc9v9WDUooG7UH9E/uFAI3/OoAmgINRrCtuqCs0rls56r+GInwsRPW90T/wbBnCDL8VCj"
        + "ixjSUrzsd7tk5lmp1dj2pW5v8tDG66NUMntydANLx6xDm4UBG/MvbqeiU09NpFfNUlQuzVHZYX6f7JLgyoY4K3pEX/MEuIC7ImikmcH1VuZq9smr6EksBJvjs/fXcoRTMMHVlC0+qXz9RGEbH+iLhq"
        + "dM0eJLKKZ2Cexwe1v34OGjQephtEEIy9Utzjw/yuJSP56nzVLyijJ2FBL1dzbaa48QCPyQ0OEzWG5pJ5nOhv4wcKQgPtjbns+Y9go+5ZiFB8bqxR7FPrXgE2bqPMCByetKdOM4WsaicRdNWDj9Kwdg"
        + "RfBSY/+5lf5wVEftT8GwniSuArobEWkm3VOd2brQIZJwG2o85yi3RIQT0bP231nxR4sf3dq6Q/ma4Cip6HX+vBPtd60865hhB9+cbAiOWXJvyGwGM3KPyF4qwQ0GAAAAAA2/7MOsatFiYAAY4F4MZb"
        + "AFABHTWxxGf7AgAAAAAEWVo=");

    public static readonly byte[] Delta = Convert.FromBase64String(
        "/Td6WFoAAATm1rRGAgEDAQAhARZ5IMTu4ACeAFhdAD2pxWAn6BouBmcI3kDNXgqzZwRbNq+gZGYdiE6S0TuYglMjkD8lB8X060yF3gN8CTiVyjYVhtD4jLsQgBbyceuCsDjG6w23DOkfyUPi6eJ9mk"
        + "a6zDEbtkAAW0PYWOgBPtYAAXSfAQAAAK5MDLixxGf7AgAAAAAEWVo=");

    public static readonly byte[] OfLargeDictionary = Convert.FromBase64String(
        "/Td6WFoAAATm1rRGAgAhASQAAABeH8f54ACeAEpdAD2IiaczqOeviRKW8IyX0aKekHWtbALHsVe0BS7cF9vfskkKqYAH0EtBCoYhOC8onzRH/8YYfWpxdnr0clLp1rtOlv9SjbdFuTgAAAAAW0PYWO"
        + "gBPtYAAWafAQAAAD7vEvaxxGf7AgAAAAAEWVo=");
}
