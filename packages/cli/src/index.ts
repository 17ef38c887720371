export * from '@overlay-render/render'
