package main

import (
	"cmp"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"maps"
	"os"
	"slices"
)

// colours are more than anybody sees the lack of, and half as many bytes as 256.
const colours = 48

// small writes a picture anew with the colours that it has most of: a screen has some ten, and
// their mixtures at the edges of letters.
func small(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	picture, err := png.Decode(in)
	if err != nil {
		return err
	}
	met := map[color.NRGBA]int{}
	for y := picture.Bounds().Min.Y; y < picture.Bounds().Max.Y; y++ {
		for x := picture.Bounds().Min.X; x < picture.Bounds().Max.X; x++ {
			met[color.NRGBAModel.Convert(picture.At(x, y)).(color.NRGBA)]++
		}
	}
	most := slices.SortedFunc(maps.Keys(met), func(a, b color.NRGBA) int {
		return cmp.Or(cmp.Compare(met[b], met[a]), cmp.Compare(number(a), number(b)))
	})
	var palette color.Palette
	for _, c := range most[:min(colours, len(most))] {
		palette = append(palette, c)
	}
	indexed := image.NewPaletted(picture.Bounds(), palette)
	draw.Draw(indexed, indexed.Bounds(), picture, picture.Bounds().Min, draw.Src)
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(out, indexed); err != nil {
		return err
	}
	return out.Close()
}

// number orders colours of which there are equally many, so that a picture of the same
// screen is the same file.
func number(c color.NRGBA) uint32 {
	return uint32(c.R)<<24 | uint32(c.G)<<16 | uint32(c.B)<<8 | uint32(c.A)
}
